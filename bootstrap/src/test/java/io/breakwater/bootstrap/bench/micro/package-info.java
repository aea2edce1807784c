/** What single steps of a call cost, in one thread and without a network; run by JMH. */
@NullMarked
package io.breakwater.bootstrap.bench.micro;

import org.jspecify.annotations.NullMarked;
