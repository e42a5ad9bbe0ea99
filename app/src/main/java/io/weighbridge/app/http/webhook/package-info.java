/** What hubs tell by themselves: {@link io.weighbridge.app.http.webhook.HuggingFaceRoutes} receives the webhooks of Hugging Face. */
package io.weighbridge.app.http.webhook;
