package dev.pilot.http.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostNamesTest {
    @ParameterizedTest
    @CsvSource({
        "Hub.Example.ORG, hub.example.org",
        "192.0.2.7, 192.0.2.7",
        "fd00::5, [fd00:0:0:0:0:0:0:5]",
        "[FD00:0::5], [fd00:0:0:0:0:0:0:5]",
        "fe80::1%eth0, [fe80:0:0:0:0:0:0:1]",
        "::1, [0:0:0:0:0:0:0:1]",
        "[not::an::address], [not::an::address]",
        "*, *"
    })
    void oneHostHasOneSpelling(String written, String normal) {
        assertEquals(normal, HostNames.normal(written));
    }
}
