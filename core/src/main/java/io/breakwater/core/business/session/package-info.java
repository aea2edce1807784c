/**
 * State between two messages of a client: legacy sessions, the messages of their streams, tasks, and state that is
 * sealed and stored by the client. {@code data.session} implements the interfaces.
 */
@NullMarked
package io.breakwater.core.business.session;

import org.jspecify.annotations.NullMarked;
