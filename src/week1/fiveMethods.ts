import {adam, gradientDescent, momentum, nesterov, rmsprop, type Method} from "../components/math/descent.js";

export const methodNames = ["SGD", "momentum", "Nesterov", "RMSProp", "Adam"] as const;
export type MethodName = (typeof methodNames)[number];

/** The five algorithms of the page with the customary constants: β = 0.9, ρ = 0.9, β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸. */
export const methods: Record<MethodName, Method> = {
  SGD: gradientDescent() as Method,
  momentum: momentum() as Method,
  Nesterov: nesterov() as Method,
  RMSProp: rmsprop() as Method,
  Adam: adam() as Method
};
