/**
 * What the running server tells its operator. Log lines go to standard error and, if asked, to rotating files; standard
 * output is never touched, since on stdio it belongs to the protocol.
 */
@NullMarked
package io.breakwater.bootstrap.logging;

import org.jspecify.annotations.NullMarked;
