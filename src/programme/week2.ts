import {published} from "./published.js";
import type {Week} from "./types.js";

export const week2: Week = {
  id: "week-2",
  title: "Core Deep Learning + Loss Functions + Modern Training",
  topics: [
    {
      id: "week-2/foundations",
      title: "Neural Network Foundations",
      points: [
        {text: "Backprop through computation graph"},
        {text: "Xavier & Kaiming initialization"},
        {text: "Normalization techniques: BN, LN, GN, RMSNorm"}
      ],
      resources: [
        {work: "Deep Learning Book", part: "Chapters 6, 7, 8"},
        {work: "CS231n", part: "Backprop Notes"}
      ],
      practice: ["week2/backprop", "week2/initialisation-normalisation"]
    },
    {
      id: "week-2/loss-functions",
      title: "Loss Functions (Deep Dive)",
      lead: "You must derive the formula, implement it, and train a model using each.",
      points: [
        {text: "MSE, MAE"},
        {text: "Cross-entropy"},
        {text: "KL-divergence"},
        {text: "Label smoothing"},
        {text: "Focal Loss", read: {work: "RetinaNet Paper", part: "Section 3"}},
        {text: "Triplet Loss", read: {work: "FaceNet Paper", part: "Section 4.2", published: published.facenet}},
        {text: "Contrastive Loss", read: {work: "SimCLR Paper", part: "Section 3.4", published: published.simclrLoss}},
        {text: "InfoNCE", read: {work: "CPC Paper", part: "Section 2.2", published: published.cpc}},
        {text: "NT-Xent", read: {work: "SimCLR Paper", part: "Equation (1)"}},
        {text: "Dice Loss"},
        {text: "IoU Loss"}
      ],
      resources: []
    },
    {
      id: "week-2/modern-training",
      title: "Modern Training Techniques",
      points: [
        {text: "SGD-M, AdamW"},
        {text: "Cosine LR, Warmup"},
        {text: "AMP (Mixed Precision)"},
        {text: "Gradient Clipping"},
        {text: "SAM", read: {work: "SAM Paper", part: "Section 3", published: published.sam}}
      ],
      resources: [],
      practice: ["week2/modern-training"]
    },
    {
      id: "week-2/cnn-architectures",
      title: "CNN Architectures",
      lead: "Implement & compare:",
      points: [
        {text: "ResNet", read: {work: "ResNet paper", part: "Sections 3.3–4", published: published.resnet}},
        {text: "EfficientNet (compound scaling idea only)"},
        {text: "ConvNeXt", read: {work: "ConvNeXt paper", part: "Sections 3–4", published: published.convnext}}
      ],
      resources: [],
      practice: ["week2/cnn-architectures"]
    }
  ],
  deliverables: [
    {
      title: "ResNet-18 from scratch",
      folder: "resnet_from_scratch/",
      items: [
        {
          page: "week2/resnet-from-scratch",
          files: [{name: "resnet_from_scratch/"}],
          parts: [
            "Build ResNet-18 from scratch (PyTorch)",
            "Train on CIFAR-10",
            "Required: 85%+ test accuracy",
            "Include training curves"
          ],
          required: {
            metric: "testAccuracy",
            label: "test accuracy",
            least: 0.85,
            of: {data: "cifar10", depth: 18, width: 64}
          }
        }
      ]
    },
    {
      title: "Loss functions",
      folder: "loss_functions/",
      each: ["Formula", "Gradient sketch", "PyTorch implementation", "Comparison plots"],
      items: [
        {page: "week2/basic-losses", files: [{name: "basic_losses.ipynb", what: "MSE, CE, KL"}], parts: []},
        {
          page: "week2/ranking-losses",
          files: [{name: "ranking_losses.ipynb", what: "Triplet, Contrastive"}],
          parts: []
        },
        {page: "week2/segmentation-losses", files: [{name: "segmentation_losses.ipynb", what: "Dice, IoU"}], parts: []},
        {page: "week2/ssl-losses", files: [{name: "ssl_losses.ipynb", what: "InfoNCE, NT-Xent"}], parts: []}
      ]
    },
    {
      title: "Optimizer benchmarks",
      folder: "modern_training/",
      items: [
        {
          page: "week2/optimizer-benchmarks",
          files: [{name: "optimizer_benchmarks.ipynb"}],
          parts: ["Benchmark Adam, AdamW, SGD-M, RMSProp", "Compare convergence + generalization"]
        }
      ]
    },
    {
      title: "Training tricks summary",
      items: [
        {
          page: "week2/training-tricks-summary",
          files: [{name: "training_tricks_summary.pdf"}],
          parts: ["Your own summary."]
        }
      ]
    }
  ]
};
