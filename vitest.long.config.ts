import {defineConfig} from "vitest/config";

const soaks = process.env.SOAK_SECONDS !== undefined; // npm run soak, which needs no built site

/** The soak and the slow ones, in Node and in Chromium. */
export default defineConfig({
  resolve: {alias: [{find: /^npm:(.*)$/, replacement: "$1"}]},
  test: {
    include: ["test/long/**/*.test.ts"],
    globalSetup: soaks ? "test/browser/chromium.ts" : "test/browser/setup.ts",
    pool: "forks",
    maxWorkers: 1,
    testTimeout: 1_200_000,
    hookTimeout: 120_000
  }
});
