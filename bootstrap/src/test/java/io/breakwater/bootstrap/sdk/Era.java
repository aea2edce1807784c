package io.breakwater.bootstrap.sdk;

/** The era of a client. */
enum Era {
    LEGACY {
        @Override
        Client connect(String address) throws Exception {
            return LegacyClient.connect(address);
        }
    },
    MODERN {
        @Override
        Client connect(String address) {
            return ModernClient.connect(address);
        }
    };

    abstract Client connect(String address) throws Exception;
}
