/** What operations wants to know, over the ports and the lanes of the server. */
@NullMarked
package io.breakwater.core.data.health;

import org.jspecify.annotations.NullMarked;
