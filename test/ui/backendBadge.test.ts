import {expect, test} from "vitest";
import {requestedBackend, withBackend} from "../../src/components/ui/backendBadge.js";

test("the address names a backend, or none, or one that is none and is said to be", () => {
  expect(requestedBackend("")).toEqual({request: "auto", message: ""});
  expect(requestedBackend("?a=1&backend=wasm")).toEqual({request: "wasm", message: ""});
  const {request, message} = requestedBackend("?backend=cuda");
  expect(request).toBe("auto");
  expect(message).toContain(`"cuda"`);
});

test("a choice is what the next load asks for, and leaves the rest of the address alone", () => {
  for (const choice of ["auto", "webgpu", "wasm", "cpu"]) {
    const search = withBackend("?resnet.width=8&backend=cpu", choice);
    expect(requestedBackend(search).request).toBe(choice);
    expect(new URLSearchParams(search).get("resnet.width")).toBe("8");
  }
  expect(withBackend("?backend=cpu", "auto")).toBe("");
});
