/** What goes wrong with machines, disks, clocks, processes and records, each as a fault that strikes an installation under load and heals. */
package io.weighbridge.app.chaos.fault;
