@NullMarked
package io.breakwater.adapter.postgres.connection;

import org.jspecify.annotations.NullMarked;
