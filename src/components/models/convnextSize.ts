/** What a ConvNeXt is made of. */
export interface ConvnextSize {
  /** Blocks of each stage, and their channels. */
  depths: number[];
  dims: number[];
  /** The stem is one convolution of patch × patch pixels with that stride. */
  patch: number;
  /** Side of the depthwise filters; 7 unless told. */
  kernel?: number;
}

/** ConvNeXt-T of Liu et al. 2022, section 3; S has 27 blocks in its third stage. */
export const convnextTiny: ConvnextSize = {depths: [3, 3, 9, 3], dims: [96, 192, 384, 768], patch: 4};
