/**
 * Storage of sessions, stream messages and tasks. The {@code Stored…} classes implement the interfaces of business on
 * the driven ports; the {@code Memory…} classes implement those ports in this process, with limits, for servers without
 * replicas.
 */
@NullMarked
package io.breakwater.core.data.session;

import org.jspecify.annotations.NullMarked;
