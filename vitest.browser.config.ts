import {defineConfig} from "vitest/config";

/** Tests that drive Chromium against the built site: one browser, one file at a time. */
export default defineConfig({
  resolve: {alias: [{find: /^npm:(.*)$/, replacement: "$1"}]},
  test: {
    include: ["test/browser/**/*.browser.test.ts"],
    globalSetup: "test/browser/setup.ts",
    pool: "forks",
    maxWorkers: 1,
    retry: 1, // on a busy machine a browser now and then misses its time
    testTimeout: 120_000,
    expect: {poll: {timeout: 30_000}}, // one second, as it is otherwise, would be a statement about times
    hookTimeout: 120_000
  }
});
