/** The installation that faults strike: a broker, a registry behind a proxy, and the roles, each in a process of its own. */
package io.weighbridge.app.chaos.site;
