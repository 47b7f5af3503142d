import {expect, test} from "vitest";
import type {Compute, Run} from "../../src/components/train/client.js";
import {inTurn} from "../../src/components/train/inTurn.js";
import type {RunEvent, RunSpec} from "../../src/components/train/protocol.js";

const spec = {
  module: "task.js",
  seed: 1,
  epochs: 1,
  batch: 2,
  schedule: {kind: "constant", rate: 1}
} as unknown as RunSpec;

/** A worker of which the test says when a run ends, and that writes down what it is asked. */
function worker() {
  const asked: string[] = [];
  const ends: ((event: object) => void)[] = [];
  const tells: ((event: RunEvent) => void)[] = [];
  const train = (_: RunSpec, tell: (event: RunEvent) => void): Run => {
    const number = ends.length;
    asked.push(`train ${number}`);
    tells.push(tell);
    const finished = new Promise<object>((resolve) => ends.push(resolve));
    const stop = () => (asked.push(`stop ${number}`), ends[number]({type: "stopped", key: `key ${number}`}));
    return {finished, stop} as unknown as Run;
  };
  const forget = async (key: string) => void asked.push(`forget ${key}`);
  return {compute: {train, forget} as unknown as Compute, asked, ends, tells};
}

test("runs come one after another; each is measured before its checkpoint is forgotten", async () => {
  const {compute, asked, ends} = worker();
  const turns = inTurn(compute, {a: spec, b: spec}, async (_, key) => (asked.push(`measure ${key}`), key.length));
  const first = (await turns.next()).value!;
  expect(first.map(({name, state}: {name: string; state: string}) => [name, state])).toEqual([["a", "waiting"], ["b", "waiting"]]); // prettier-ignore
  ends[0]({type: "done", key: "one"});
  await turns.next();
  expect(asked).toEqual(["train 0", "measure one", "stop 0", "forget one", "train 1"]);
  ends[1]({type: "done", key: "other"});
  const last = (await turns.next()).value!;
  expect(last.map(({measured}: {measured: number | null}) => measured)).toEqual([3, 5]);
  expect((await turns.next()).done).toBe(true);
});

test("what a run says is in its turn alone, and a run that fails is not measured", async () => {
  const {compute, asked, ends, tells} = worker();
  const turns = inTurn(compute, {a: spec, b: spec}, async () => expect.unreachable());
  const [before] = (await turns.next()).value!;
  const points = [{step: 0, epoch: 0.5, metrics: {loss: 2}}];
  tells[0]({type: "progress", epoch: 0.5, remaining: 3.2, points} as unknown as RunEvent);
  tells[0]({type: "failed", message: "The loss is NaN.", key: null} as unknown as RunEvent);
  ends[0]({type: "failed", message: "The loss is NaN.", key: null});
  const [a, b] = (await turns.next()).value!;
  expect(before.points).toEqual([]); // what was yielded stays as it was
  expect([a.points, a.state, a.measured]).toEqual([points, "The loss is NaN.", null]);
  expect([b.points, b.state]).toEqual([[], "waiting"]);
  expect(asked).toEqual(["train 0", "stop 0", "train 1"]);
  await turns.return(undefined);
});

test("ending it stops the run that goes on, forgets its checkpoint and begins no other", async () => {
  const {compute, asked} = worker();
  const turns = inTurn(compute, {a: spec, b: spec});
  await turns.next();
  await turns.return(undefined);
  expect(asked).toEqual(["train 0", "stop 0", "forget key 0"]);
});
