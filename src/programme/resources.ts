import {published} from "./published.js";
import type {ResourceGroup} from "./types.js";

/** The programme's own list of resources, by field. */
export const resources: ResourceGroup[] = [
  {
    title: "Mathematics",
    resources: [
      {work: "Matrix Cookbook", part: "Derivatives + identities", published: published.matrixCookbook},
      {work: "All of Statistics", part: "Ch 1–3, 7–8, 11", published: published.statistics},
      {work: "Convex Optimization (Boyd)", part: "Ch 1–4, 9.1–9.3", published: published.boyd},
      {work: "CS229 Math Review", part: "Entire"},
      {work: "Elements of Information Theory", part: "Ch 1–2"}
    ]
  },
  {
    title: "Deep Learning",
    resources: [
      {work: "Deep Learning Book", part: "Ch 6–8"},
      {work: "CS231n", part: "Backprop + CNNs"},
      {work: "FastAI", part: "Modern training methods"}
    ]
  },
  {
    title: "Loss Functions-Related Papers",
    resources: [
      {work: "Focal Loss (RetinaNet)", part: "Section 3"},
      {work: "Triplet Loss (FaceNet)", part: "Section 4.2", published: published.facenet},
      {work: "Dice Loss", part: "2016 medical imaging paper (Section 2)", published: published.dice},
      {work: "NT-Xent", part: "SimCLR Eq. (1)"},
      {work: "InfoNCE", part: "CPC Section 2.2", published: published.cpc}
    ]
  },
  {
    title: "Self-Supervised Learning Papers",
    resources: [
      {work: "SimCLR", part: "Sections 3–4", published: published.simclr},
      {work: "MoCo v2", part: "Sections 2–4", published: published.moco},
      {work: "BYOL", part: "Sections 1–4"},
      {work: "SimSiam", part: "Sections 3–5"},
      {work: "DINO", part: "Sections 3–4"},
      {work: "iBOT", part: "Sections 2–4", published: published.ibot}
    ]
  },
  {
    title: "Few-Shot Learning Papers",
    resources: [
      {work: "Prototypical Networks", part: "Sections 2–3"},
      {work: "Matching Networks", part: "Sections 2–4"},
      {work: "Relation Networks", part: "Section 3"},
      {work: "CLIP", part: "Sections 2–4"}
    ]
  },
  {
    title: "Transformers Papers",
    resources: [
      {work: "Attention Is All You Need", part: "Sections 3.2, 3.5"},
      {work: "ViT", part: "Sections 3–4"},
      {work: "DeiT", part: "Sections 3–5"},
      {work: "Swin", part: "Sections 3–4"},
      {work: "Annotated Transformer", part: "Entire walkthrough"}
    ]
  },
  {
    title: "Explainable AI",
    resources: [
      {work: "Grad-CAM", part: "Entire paper"},
      {work: "Grad-CAM++", part: "Sec 3"},
      {work: "Integrated Gradients", part: "Sec 3"},
      {work: "SHAP Docs"},
      {work: "LIME Docs"}
    ]
  },
  {
    title: "Diffusion",
    resources: [
      {work: "DDPM", part: "Sections 2–3"},
      {work: "HF Diffusers", part: "Tutorials"}
    ]
  },
  {
    title: "ML System Design",
    resources: [
      {work: "Chip Huyen", part: "Ch 2–7"},
      {work: "Google Rules of ML", part: "Entire"},
      {work: "W&B Articles"},
      {work: "FAISS Docs"}
    ]
  }
];

/** What a reader has at the end. */
export const endGoal = [
  "Rebuilt complete ML mathematics",
  "Implemented ResNet, SimCLR, DINO, ProtoNet, Transformers, DDPM",
  "Learned XAI and ML System Design",
  "Completed a polished GitHub portfolio suitable for ML Engineer roles"
];
