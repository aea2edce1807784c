/** What is measured: a server with two echoing tools, and what it is measured against. */
@NullMarked
package io.breakwater.bootstrap.bench;

import org.jspecify.annotations.NullMarked;
