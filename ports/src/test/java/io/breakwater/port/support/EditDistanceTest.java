package io.breakwater.port.support;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {
    @ParameterizedTest
    @CsvSource({
        "'','',0",
        "'',abc,3",
        "abc,'',3",
        "port,port,0",
        "prot,port,1",
        "pot,port,1",
        "poort,port,1",
        "pxrt,port,1",
        "kitten,sitting,3",
        "ca,abc,3"
    })
    void countsAddedRemovedChangedAndSwappedLetters(String one, String other, int distance) {
        assertThat(EditDistance.between(one, other)).isEqualTo(distance);
        assertThat(EditDistance.between(other, one)).isEqualTo(distance);
    }
}
