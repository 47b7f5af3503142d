import type {ViewOptions} from "../../src/components/data/augment/views.js";
import {dinoHead} from "../../src/components/models/dinoHead.js";
import {mlp} from "../../src/components/models/mlp.js";
import type {Encoder, Model} from "../../src/components/models/model.js";
import {projectionHead} from "../../src/components/models/projectionHead.js";
import {resnet} from "../../src/components/models/resnet.js";
import {sgd} from "../../src/components/optimizers/sgd.js";
import {dino} from "../../src/components/ssl/dino.js";
import type {DinoSchedule} from "../../src/components/ssl/dinoSchedule.js";
import {moco} from "../../src/components/ssl/moco.js";
import {simclr} from "../../src/components/ssl/simclr.js";

export {noiseRecords as records} from "../data/noiseRecords.js";

export const normalise = {mean: [0.5, 0.4, 0.3], deviation: [0.25, 0.5, 0.2]};
const encoder = resnet({depth: 10, width: 4}); // 32 features
const optimizer = sgd({momentum: 0.9, decay: {amount: 1e-3}});
const views: ViewOptions = {size: 16};

/** SimCLR with 8 projections, τ = ½. */
export const tinySimclr = () =>
  simclr({encoder, projector: projectionHead(32, 16, 8) as unknown as Model, optimizer, views, normalise});

/** MoCo with a queue of 20 keys of 8 numbers. */
export const tinyMoco = (momentum = 0.9) =>
  moco({encoder, projector: mlp([32, 32, 8]) as unknown as Encoder, optimizer, views, normalise, queue: 20, momentum});

/** The rows i, …, i + 7. */
export const eight = (i: number): Uint32Array => Uint32Array.from({length: 8}, (_, j) => i + j);

export const schedule: DinoSchedule = {epochs: 4, momentum: 0.9, temperature: [0.04, 0.06], warmup: 2};

/** DINO with 12 prototypes, two local views of 8 × 8, and three steps an epoch at a batch of 8. */
export const tinyDino = ({locals = 2, centring = 0.9} = {}) =>
  dino({
    encoder,
    head: dinoHead(32, 12, {hidden: 16, bottleneck: 8}) as unknown as Encoder,
    optimizer,
    crops: {global: {size: 16, scale: [0.4, 1]}, local: {size: 8, scale: [0.1, 0.4]}, locals},
    normalise,
    schedule,
    centring
  });
