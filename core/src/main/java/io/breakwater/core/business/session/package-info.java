/**
 * What a conversation leaves behind between two messages: legacy sessions, the events of their streams, tasks, and the
 * state that is sealed and handed to the client instead of being kept. The books are the interfaces through which
 * presentation wants its data; {@code data.conversation} implements them.
 */
@NullMarked
package io.breakwater.core.business.session;

import org.jspecify.annotations.NullMarked;
