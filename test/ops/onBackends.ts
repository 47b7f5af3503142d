import {beforeAll, describe} from "vitest";
import {useBackend} from "../../src/components/ops/backend.js";
import "../gradients.js";

/** The same tests on each backend that Node has. */
export function onBackends(tests: (backend: "cpu" | "wasm") => void): void {
  describe.each(["cpu", "wasm"] as const)("on %s", (backend) => {
    beforeAll(async () => {
      await useBackend(backend);
    });
    tests(backend);
  });
}
