import type {Recipe} from "../recipe.js";
import {cnnArchitectures} from "./cnn-architectures.js";
import {dino} from "./dino.js";
import {moco} from "./moco.js";
import {optimizerBenchmarks} from "./optimizer-benchmarks.js";
import {resnetFromScratch} from "./resnet-from-scratch.js";
import {resnetFromScratchScenes} from "./resnet-from-scratch-scenes.js";
import {simclr} from "./simclr.js";

/** Every recipe by its name, which is that of its page or begins with it. */
export const recipes: Record<string, Recipe> = {
  "resnet-from-scratch": resnetFromScratch as Recipe,
  "resnet-from-scratch-scenes": resnetFromScratchScenes as Recipe,
  "cnn-architectures": cnnArchitectures as Recipe,
  "optimizer-benchmarks": optimizerBenchmarks as Recipe,
  simclr: simclr as Recipe,
  moco: moco as Recipe,
  dino: dino as Recipe
};
