@NullMarked
package io.breakwater.adapter.postgres.session;

import org.jspecify.annotations.NullMarked;
