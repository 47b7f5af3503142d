/** A network, the images it is given, and how many of them at a time. Every contender trains the same one. */
export interface Size {
  model: "resnet" | "vit";
  /** Channels of a ResNet-18's first stage; the width of a transformer's token. */
  width: number;
  /** Height and width of the images, which have three channels. */
  side: number;
  batch: number;
}

export const classes = 10;

/** What the vision transformer of a size is made of; its heads are 32 numbers wide. */
export const vitOf = ({width, side}: Size) => ({
  ...{image: side, patch: 4, width, depth: 6},
  ...{heads: Math.max(1, Math.floor(width / 32)), mlp: 2 * width}
});

/** A size in words: ResNet-18, width 16, images 16 × 16, batch 8. */
export const sentenceOf = ({model, width, side, batch}: Size): string =>
  `${model === "resnet" ? "ResNet-18" : "ViT of 6 blocks"}, width ${width}, images ${side} × ${side}, batch ${batch}`;
