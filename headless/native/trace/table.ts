import "../../../src/components/ops/batchNorm.js"; // plain kernels are registered first, and give way here
import "../../../src/components/ops/conv2d.js";
import "../../../src/components/ops/depthwiseConv2d.js";
import "../../../src/components/ops/gelu.js";
import {refuseOthers, translate, type Table} from "./kernel.js";
import {convolution} from "./kernels/convolution.js";
import {elementwise} from "./kernels/elementwise.js";
import {gelu} from "./kernels/gelu.js";
import {normalisation} from "./kernels/normalisation.js";
import {layout} from "./kernels/layout.js";
import {pooling} from "./kernels/pooling.js";
import {product} from "./kernels/product.js";
import {reduction} from "./kernels/reduction.js";
import {resize} from "./kernels/resize.js";

/** Every tfjs kernel that a step may run, with its operators. */
export const table: Table = {
  ...elementwise,
  ...layout,
  ...reduction,
  ...product,
  ...convolution,
  ...pooling,
  ...normalisation,
  ...gelu,
  ...resize
};

translate(table);
refuseOthers();
