import type {ArchitectureConfig} from "./config.js";

/** What the networks are called in sentences and tables. */
export const names: Record<ArchitectureConfig["network"], string> = {
  resnet: "ResNet-18",
  efficientnet: "EfficientNet-B0",
  convnext: "ConvNeXt",
  mbconv: "MBConv network",
  ladder: "Ladder"
};
