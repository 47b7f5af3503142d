import {published} from "./published.js";
import type {Week} from "./types.js";

export const week3: Week = {
  id: "week-3",
  title: "SSL, Contrastive Learning, DINO, FSL & Transformers",
  topics: [
    {
      id: "week-3/contrastive-learning",
      title: "Contrastive Learning",
      lead: "Study and reproduce:",
      points: [
        {text: "SimCLR", read: {work: "SimCLR paper", part: "Sections 3.1–3.4", published: published.simclr}},
        {text: "MoCo v2", read: {work: "MoCo v2 paper", part: "Sections 3–4", published: published.moco}},
        {text: "Temperature scaling analysis"},
        {text: "Momentum encoder update", read: {work: "MoCo", part: "Eq. (2)", published: published.moco}}
      ],
      resources: [],
      practice: "week3/moco"
    },
    {
      id: "week-3/ssl-pipelines",
      title: "Self-Supervised Learning (SSL) Pipelines",
      lead: "Read + extract key mechanisms:",
      points: [
        {
          text: "SimCLR",
          read: {
            work: "SimCLR paper",
            part: "Entire Section 3 (architecture, loss, augmentations)",
            published: published.simclr
          }
        },
        {text: "MoCo v2", read: {work: "MoCo v2 paper", part: "Sections 2–4", published: published.moco}},
        {text: "BYOL", read: {work: "BYOL paper", part: "Sections 1–4 (stop-grad mechanism)"}},
        {text: "SimSiam", read: {work: "SimSiam paper", part: "Sections 3–5 (no negatives)"}},
        {text: "DINO", read: {work: "DINO paper", part: "Sections 3–4 (student-teacher, centering, temperature)"}},
        {
          text: "iBOT",
          read: {work: "iBOT paper", part: "Sections 2–4 (MIM + contrastive)", published: published.ibot}
        }
      ],
      resources: []
    },
    {
      id: "week-3/few-shot-learning",
      title: "Few-Shot Learning",
      lead: "Study and implement:",
      points: [
        {text: "Prototypical Networks", read: {work: "Prototypical Networks paper", part: "Sections 2–3"}},
        {text: "Matching Networks", read: {work: "Matching Networks paper", part: "Sections 2–4"}},
        {text: "Relation Networks", read: {work: "Relation Networks paper", part: "Sec 3"}},
        {text: "CLIP FSL", read: {work: "OpenAI CLIP paper", part: "Zero-shot retrieval (Sections 2–4)"}}
      ],
      resources: []
    },
    {
      id: "week-3/transformers",
      title: "Transformers",
      lead: "Study and implement:",
      points: [
        {text: "Attention derivation", read: {work: "Attention Is All You Need", part: "Section 3.2"}},
        {text: "MHA", read: {work: "Attention Is All You Need", part: "Section 3.2.2"}},
        {text: "Positional Encodings", read: {work: "Attention Is All You Need", part: "Section 3.5"}},
        {text: "ViT", read: {work: "ViT paper", part: "Sections 3–4"}},
        {text: "DeiT", read: {work: "DeiT paper", part: "Sections 3–5"}},
        {text: "Swin", read: {work: "Swin paper", part: "Sections 3–4"}}
      ],
      resources: []
    }
  ],
  deliverables: [
    {
      title: "SimCLR",
      folder: "simclr/",
      items: [
        {
          page: "week3/simclr",
          files: [
            {name: "nt_xent.py", what: "your implementation"},
            {name: "train_simclr.py", what: "full training"},
            {name: "augmentations.py", what: "SimCLR augmentations"}
          ],
          parts: ["Train on CIFAR-10", "Linear probe accuracy ≥ 75%"],
          required: {metric: "linearProbe", label: "linear probe accuracy", least: 0.75}
        }
      ]
    },
    {
      title: "DINO",
      folder: "dino/",
      items: [
        {
          page: "week3/dino",
          files: [{name: "dino/"}],
          parts: [
            "Implement student–teacher",
            "Implement centering",
            "Implement temperature sharpening",
            "Train on CIFAR-10 for 100 epochs",
            "Extract features + run KMeans (k=10)"
          ],
          required: {metric: "kmeans.accuracy", label: "clustering accuracy of k-means", least: null}
        }
      ]
    },
    {
      title: "Few-shot",
      each: ["Evaluate 5-way 1-shot accuracy"],
      items: [
        {page: "week3/protonet", files: [{name: "protonet.ipynb"}], parts: []},
        {page: "week3/matching-nets", files: [{name: "matching_nets.ipynb"}], parts: []},
        {page: "week3/relation-nets", files: [{name: "relation_nets.ipynb"}], parts: []}
      ]
    },
    {
      title: "Transformers",
      items: [
        {
          page: "week3/attention-from-scratch",
          files: [{name: "attention_from_scratch.ipynb", what: "derive attention step by step"}],
          parts: []
        },
        {
          page: "week3/tiny-transformer",
          files: [{name: "tiny_transformer.py", what: "build a mini Transformer"}],
          parts: []
        },
        {page: "week3/vit-scratch", files: [{name: "vit_scratch.py", what: "patchify + encoder"}], parts: []}
      ]
    },
    {
      title: "SSL comparison",
      items: [
        {
          page: "week3/ssl-comparison",
          files: [{name: "ssl_comparison.pdf", what: "2 pages summarizing all methods"}],
          parts: []
        }
      ]
    }
  ]
};
