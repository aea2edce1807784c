/**
 * Keeps what a conversation leaves behind. The {@code Stored…} classes give business its books over whatever implements
 * the driven ports; the {@code Memory…} ones implement those ports in this process, bounded, for servers that have no
 * other replica to share with.
 */
@NullMarked
package io.breakwater.core.data.session;

import org.jspecify.annotations.NullMarked;
