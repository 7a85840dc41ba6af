//! Ceramics for the material simulation: a second third party, with types of its own.
//!
//! - Flexural strength of alumina: R. G. Munro, "Evaluated Material Properties for a Sintered
//!   alpha-Alumina", Journal of the American Ceramic Society 80 (1997).
//! - Permittivity of alumina: *CRC Handbook of Chemistry and Physics*, "Permittivity (Dielectric
//!   Constant) of Inorganic Solids".
//!
//! The kiln brick is invented.

use std::sync::{Mutex, PoisonError};

use imatsim::{Complex64, IMaterial};
use plugin_core::{IPlugin, plugin};

/// A material that keeps its strength up to the temperature at which it was fired.
pub struct Ceramic {
    /// Pa
    strength: f64,
    /// K
    fired_at: f64,
    permittivity: f64,
}

impl IMaterial for Ceramic {
    fn yield_stress(&self, temperature: f64) -> f64 {
        if temperature < self.fired_at {
            self.strength
        } else {
            0.0
        }
    }

    fn dielectric_constant(&self) -> Complex64 {
        Complex64::new(self.permittivity, 0.0)
    }
}

/// A brick that loses a thousandth of its strength each time that it is tested.
pub struct KilnBrick {
    /// Pa
    strength: Mutex<f64>,
}

impl IMaterial for KilnBrick {
    fn yield_stress(&self, _temperature: f64) -> f64 {
        let mut strength = self.strength.lock().unwrap_or_else(PoisonError::into_inner);
        let before = *strength;
        *strength *= 0.999;
        before
    }

    fn dielectric_constant(&self) -> Complex64 {
        Complex64::new(4.5, 0.03)
    }
}

/// Sintered alumina.
#[plugin(IPlugin, IMaterial, name = "alumina")]
pub static ALUMINA: Ceramic = Ceramic {
    strength: 380e6,
    fired_at: 1873.15,
    permittivity: 9.34,
};

/// A brick from the wall of a kiln, worn by use.
#[plugin(IPlugin, IMaterial, name = "kiln-brick", priority = -10)]
pub static KILN_BRICK: KilnBrick = KilnBrick {
    strength: Mutex::new(20e6),
};
