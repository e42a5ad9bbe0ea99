/**
 * {@code nts@1}: normal test statistics, after Chen, Zhou, Zhang, Chen, Zhang, Chen, Hua, Yu: Perceptual Hashing of Deep Convolutional Neural
 * Networks for Model Copy Detection, ACM TOMM 19(3), 2023, doi 10.1145/3572777.
 *
 * <p>The paper's abstract fixes the plan (important weights, statistics of normality tests on segments, a fixed-length binary code); what it
 * leaves open is a choice of {@link io.weighbridge.hash.nts.NtsVariant}.
 */
package io.weighbridge.hash.nts;
