/** What stands between the driver and the server's bytes, so that no answer takes more memory than it may. */
@NullMarked
package io.breakwater.adapter.postgres.net;

import org.jspecify.annotations.NullMarked;
