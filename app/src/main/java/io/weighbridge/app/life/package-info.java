/** Life cycle: starting, watching and closing the roles, alone or all together with a broker and a registry. */
package io.weighbridge.app.life;
