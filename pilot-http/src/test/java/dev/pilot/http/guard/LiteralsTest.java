package dev.pilot.http.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralsTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "192.0.2.7:443, 192.0.2.7",
        "2001:db8::1, 2001:db8:0:0:0:0:0:1",
        "[2001:db8::1], 2001:db8:0:0:0:0:0:1",
        "[2001:db8::1]:443, 2001:db8:0:0:0:0:0:1",
        "'\"[2001:db8::1]:443\"', 2001:db8:0:0:0:0:0:1",
        "::ffff:192.0.2.7, 192.0.2.7"
    })
    void whatProxiesWriteIsRead(String written, String address) {
        InetAddress read = Literals.parseNode(written);
        assertEquals(address, read == null ? null : read.getHostAddress());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unknown",
                "_hidden",
                "localhost",
                "example.org",
                "192.0.2.256",
                "192.0.2",
                "0300.0.2.7",
                "192.0.2.07",
                "3221225985",
                "0x7f.1",
                "fe80::1%eth0",
                "[::1",
                "::1]",
                "[::1]x",
                "1:2:3:4:5:6:7:8:9",
                "dead.beef",
                "127.0.0.1\u0000"
            })
    void whatIsNoAddressIsNoneAndNobodyIsAsked(String text) {
        assertNull(Literals.parseNode(text));
    }

    @Test
    void aRangeHoldsWhatSharesItsFirstBits() {
        Network network = Network.parse("10.1.0.0/20");
        assertTrue(network.contains(Literals.parse("10.1.15.255")));
        assertFalse(network.contains(Literals.parse("10.1.16.0")));
        assertFalse(network.contains(Literals.parse("::1")));
        assertTrue(Network.parse("2001:db8::/33").contains(Literals.parse("2001:db8:7fff::")));
        assertFalse(Network.parse("2001:db8::/33").contains(Literals.parse("2001:db8:8000::")));
        assertTrue(Network.parse("0.0.0.0/0").contains(Literals.parse("203.0.113.9")));
        for (String wrong : new String[] {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10/8", "x", "::1/129", ""}) {
            assertNull(Network.parse(wrong), wrong);
        }
    }

    @Test
    void whoeverHasAnIpv6AddressHasManyOfThem() {
        assertEquals(Hop.group(Literals.parse("2001:db8:1:2::1")), Hop.group(Literals.parse("2001:db8:1:2:ffff::9")));
        assertFalse(Hop.group(Literals.parse("2001:db8:1:2::1")).equals(Hop.group(Literals.parse("2001:db8:1:3::1"))));
        assertEquals("192.0.2.7", Hop.group(Literals.parse("::ffff:192.0.2.7")));
    }
}
