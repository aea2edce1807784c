@NullMarked
package io.breakwater.bootstrap.account;

import org.jspecify.annotations.NullMarked;
