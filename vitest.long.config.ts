import {defineConfig} from "vitest/config";

/** The soak and the slow ones, in Node and in Chromium. */
export default defineConfig({
  resolve: {alias: [{find: /^npm:(.*)$/, replacement: "$1"}]},
  test: {
    include: [process.env.SOAK_SECONDS ? "test/soak/**/*.test.ts" : "test/long/**/*.test.ts"], // the first by npm run soak
    globalSetup: "test/browser/setup.ts",
    pool: "forks",
    maxWorkers: 1,
    testTimeout: 1_200_000,
    hookTimeout: 120_000
  }
});
