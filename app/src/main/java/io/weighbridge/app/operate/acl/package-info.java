/** Who needs which rights at the brokers, and how they are given. */
package io.weighbridge.app.operate.acl;
