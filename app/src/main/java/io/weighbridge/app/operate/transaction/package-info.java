/** Transactions that never end, behind which readers of committed records stand still: how they are told, and ended. */
package io.weighbridge.app.operate.transaction;
