package io.breakwater.bootstrap.sdk;

/** The era of a client. */
enum SdkEra {
    LEGACY {
        @Override
        SdkClient connect(String address) throws Exception {
            return SdkLegacyClient.connect(address);
        }
    },
    MODERN {
        @Override
        SdkClient connect(String address) {
            return SdkModernClient.connect(address);
        }
    };

    abstract SdkClient connect(String address) throws Exception;
}
