import {published} from "./published.js";
import type {Week} from "./types.js";

export const week4: Week = {
  id: "week-4",
  title: "XAI, Advanced CV, Diffusion, ML System Design",
  topics: [
    {
      id: "week-4/explainable-ai",
      title: "Explainable AI",
      lead: "Study:",
      points: [
        {text: "Grad-CAM"},
        {text: "Grad-CAM++"},
        {text: "Integrated Gradients", read: {work: "IG paper", part: "Section 3"}},
        {text: "SHAP"},
        {text: "LIME"},
        {text: "Attention rollout for ViTs"}
      ],
      resources: []
    },
    {
      id: "week-4/advanced-cv",
      title: "Advanced CV Architectures",
      lead: "Study specific sections:",
      points: [
        {text: "U-Net", read: {work: "U-Net paper", part: "Sections 2–3"}},
        {text: "DeepLab v3", read: {work: "DeepLab v3 paper", part: "Section 3"}},
        {text: "Mask R-CNN", read: {work: "Mask R-CNN paper", part: "Section 3"}},
        {text: "DETR", read: {work: "DETR paper", part: "Sections 4–5", published: published.detr}},
        {text: "YOLOv8", read: {work: "YOLOv8", part: "architecture overview"}}
      ],
      resources: []
    },
    {
      id: "week-4/diffusion",
      title: "Diffusion Models",
      lead: "Study & reproduce:",
      points: [
        {text: "DDPM", read: {work: "DDPM paper", part: "Sections 2–3"}},
        {text: "Reparameterization of noise schedule"},
        {text: "Reverse denoising process"},
        {text: "Classifier-free guidance"}
      ],
      resources: []
    },
    {
      id: "week-4/system-design",
      title: "ML System Design",
      lead: "Study and create:",
      points: [
        {text: "Data pipelines"},
        {text: "Feature stores"},
        {text: "Model monitoring (prediction drift, data drift)"},
        {text: "Deployment patterns"},
        {text: "Vector DBs for embeddings"}
      ],
      resources: []
    }
  ],
  deliverables: [
    {
      title: "Explainable AI implementation",
      folder: "explainable_ai/",
      items: [
        {page: "week4/grad-cam", files: [{name: "grad_cam.py", what: "+ heatmaps"}], parts: []},
        {page: "week4/integrated-gradients", files: [{name: "integrated_gradients.py"}], parts: []},
        {page: "week4/shap", files: [], parts: ["SHAP demo on ResNet"]},
        {page: "week4/attention-rollout", files: [], parts: ["ViT attention rollout"]}
      ]
    },
    {
      title: "Advanced vision model",
      items: [
        {
          page: "week4/unet",
          files: [],
          parts: ["Implement one: U-Net, DeepLab v3 or DETR", "Training script", "Evaluation metrics"]
        }
      ]
    },
    {
      title: "Diffusion",
      items: [
        {
          page: "week4/ddpm-scratch",
          files: [{name: "ddpm_scratch.ipynb"}],
          parts: ["Forward diffusion", "Reverse sampling", "Generate sample images"]
        }
      ]
    },
    {
      title: "ML system design",
      items: [
        {
          page: "week4/ml-system-design-doc",
          files: [{name: "ml_system_design_doc.md"}],
          parts: ["Contains: pipelines, feature store, deployment graph"]
        }
      ]
    },
    {
      title: "CLIP retrieval demo",
      folder: "clip_retrieval_demo/",
      items: [
        {
          page: "week4/clip-retrieval-demo",
          files: [{name: "encode_image.py"}, {name: "encode_text.py"}, {name: "retrieval_demo.ipynb"}],
          parts: []
        }
      ]
    }
  ]
};
