import type {Published} from "./types.js";

const checked = (text: string): Published => ({text, checked: true});
const unchecked = (text: string): Published => ({text, checked: false});

/** The published sections where the programme's pointers differ from them. */
export const published = {
  simclr: checked(
    "§3 ends with 3.2. Framework and NT-Xent (eq. 1) §2.1, batch size and LARS §2.2, protocol §2.3, augmentations §3, projection head §4.2, loss and temperature §5.1, batch size and epochs §5.2, CIFAR-10 appendix B.9."
  ),
  simclrLoss: checked("NT-Xent, eq. 1, is in §2.1; loss and temperature are studied in §5.1. §3 ends with 3.2."),
  facenet: checked("triplet loss §3.1, triplet selection §3.2. §4.2 is “Personal Photos”."),
  cpc: checked("§2.3, “InfoNCE Loss and Mutual Information Estimation”."),
  dice: checked("V-Net §3, “Dice loss layer”."),
  resnet: checked(
    "the CIFAR nets of §4.2 have 6n + 2 layers and are not ResNet-18. Ours is ResNet-18 of table 1 with a stem for 32 × 32 images."
  ),
  convnext: checked("the design is §2, “Modernizing a ConvNet: a Roadmap”."),
  detr: checked("the model is §3: set loss 3.1, architecture 3.2."),
  ibot: checked("masked image modelling with self-distillation; the loss has no negatives, so nothing is contrasted."),
  sam: unchecked("derivation §2, experiments §3."),
  matrixCookbook: unchecked(
    "derivatives are §2; identities are §1 (inverse, determinant, trace) and §3 (inverses, Woodbury, block)."
  ),
  boyd: unchecked("Lagrange multipliers and duality are chapter 5, which the pointer leaves out."),
  statistics: unchecked(
    "maximum likelihood is chapter 9 (parametric inference); 7 is the empirical distribution, 8 the bootstrap, 11 Bayesian inference."
  ),
  moco: unchecked(
    "MoCo v2 is a short report with few sections; the momentum update, eq. (2), is in the first MoCo paper."
  )
};
