/** The offering of a server as it stands, compiled: schemas ready to check, lists ready to send. */
@NullMarked
package io.breakwater.core.presentation.catalog;

import org.jspecify.annotations.NullMarked;
