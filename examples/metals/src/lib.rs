//! Metals for the material simulation.
//!
//! The plates have the figures of the guide to Twisted's plugin system, which uses Young's modulus
//! as the factor. So do the pure metals:
//!
//! - Young's modulus: G. W. C. Kaye and T. H. Laby, *Tables of Physical and Chemical Constants*,
//!   16th edition, section 2.2.2.
//! - Permittivity: P. B. Johnson and R. W. Christy, "Optical Constants of the Noble Metals",
//!   Physical Review B 6 (1972), table I, at 2.01 eV.

use imatsim::{Complex64, IMaterial};
use plugin_core::{IPlugin, plugin};

/// A material whose yield stress is proportional to the temperature.
pub struct SimpleMaterial {
    yield_stress_factor: f64,
    dielectric_constant: Complex64,
}

impl SimpleMaterial {
    /// A material from its yield stress per kelvin (Pa/K) and its relative permittivity.
    #[must_use]
    pub const fn new(yield_stress_factor: f64, dielectric_constant: Complex64) -> Self {
        Self {
            yield_stress_factor,
            dielectric_constant,
        }
    }

    /// A material from its yield stress per kelvin (Pa/K) and its refractive index `n + ik`, whose
    /// square is the permittivity.
    #[must_use]
    pub const fn refracting(yield_stress_factor: f64, n: f64, k: f64) -> Self {
        Self::new(
            yield_stress_factor,
            Complex64::new(n * n - k * k, 2.0 * n * k),
        )
    }
}

impl IMaterial for SimpleMaterial {
    fn yield_stress(&self, temperature: f64) -> f64 {
        self.yield_stress_factor * temperature
    }

    fn dielectric_constant(&self) -> Complex64 {
        self.dielectric_constant
    }
}

/// Structural steel, 6 mm.
#[plugin(IPlugin, IMaterial, name = "steel-plate", priority = 10)]
pub static STEEL_PLATE: SimpleMaterial =
    SimpleMaterial::new(2.068_427_19e11, Complex64::new(2.7, 0.2));

/// Brass, 6 mm.
#[plugin(IPlugin, IMaterial, name = "brass-plate")]
pub static BRASS_PLATE: SimpleMaterial =
    SimpleMaterial::new(1.034_213_59e11, Complex64::new(1.4, 0.5));

/// Pure copper.
#[plugin(IPlugin, IMaterial, name = "copper")]
#[tag(symbol = "Cu")]
pub static COPPER: SimpleMaterial = SimpleMaterial::refracting(129.8e9, 0.30, 3.205);

/// Pure silver.
#[plugin(IPlugin, IMaterial, name = "silver")]
#[tag(symbol = "Ag")]
pub static SILVER: SimpleMaterial = SimpleMaterial::refracting(82.7e9, 0.06, 4.152);

/// Pure gold.
#[plugin(IPlugin, IMaterial, name = "gold")]
#[tag(symbol = "Au")]
pub static GOLD: SimpleMaterial = SimpleMaterial::refracting(78.0e9, 0.14, 3.272);
