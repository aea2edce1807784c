package io.breakwater.adapter.redis;

/** The rights that {@code docs/redis.md} asks for, as ACL SETUSER takes them. */
final class Rights {
    private Rights() {}

    /** Of a user with that password and that prefix. */
    static String[] of(String password, String prefix) {
        return ("reset on >" + password + " resetchannels ~" + prefix + ":* &" + prefix + ":*"
                        + " +getrange +set +unlink +evalsha +eval +get +pexpire +publish +subscribe +unsubscribe +ping")
                .split(" ");
    }
}
