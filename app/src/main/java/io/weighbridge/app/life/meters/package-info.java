/** What a process tells of itself beside what its topologies count: its roles, its feed, the groups of the cluster, JVM and disk. */
package io.weighbridge.app.life.meters;
