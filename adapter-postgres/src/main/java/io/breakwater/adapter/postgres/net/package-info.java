/** Sockets between the driver and the server that limit the memory of results. */
@NullMarked
package io.breakwater.adapter.postgres.net;

import org.jspecify.annotations.NullMarked;
