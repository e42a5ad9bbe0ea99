/** Codes to alerts: the symmetric, exact similarity join over a state store partitioned by hash substrings. */
package io.weighbridge.matcher;
