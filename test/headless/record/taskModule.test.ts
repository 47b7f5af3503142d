import {expect, test} from "vitest";
import {taskModuleOf} from "../../../headless/record/taskModule.js";

test.each(["week2/resnetTask", "week2/optimizerBenchmark/task", "week2/architectures/task", "week3/dinoTask"])(
  "weights of %s find their task",
  async (path) => expect((await taskModuleOf(path, "export")).default).toBeTypeOf("function")
);

test.each(["../package", "week2/../../tools/build", "components/train/fit", "/etc/passwd", "week2", ""])(
  "%j is no page's module",
  async (path) =>
    expect(taskModuleOf(path, "export")).rejects.toThrow(`export: expected weights of a page's module, got ${path}`)
);
