//! Glasses for the material simulation, as a drop-in: a library that is put into a directory, and
//! that `matsim` finds while it runs.
//!
//! - Refractive index at 587.6 nm: BK7, SCHOTT optical glass data sheets, N-BK7 (1.51680) and N-SF11
//!   (1.78472); fused silica, I. H. Malitson, "Interspecimen Comparison of the Refractive Index of
//!   Fused Silica", Journal of the Optical Society of America 55 (1965) (1.45846).
//! - Transformation temperature: the same data sheets (557 °C, 592 °C); annealing point of fused
//!   silica: Corning, product information of its glass 7980 (1042 °C).
//! - Strength: fifty megapascals is the modulus of rupture that Corning gives for that glass in use; it stands for all
//!   three, since what glass bears depends on its surface more than on its kind.

use imatsim::{Complex64, IMaterial};
use plugin_core::{IPlugin, plugin};

plugin_core::dropin!();

/// A transparent solid that keeps its strength until it softens.
struct Glass {
    refractive_index: f64,
    /// K
    softens_at: f64,
}

/// Pa
const STRENGTH: f64 = 50e6;

impl IMaterial for Glass {
    fn yield_stress(&self, temperature: f64) -> f64 {
        if temperature < self.softens_at {
            STRENGTH
        } else {
            0.0
        }
    }

    /// At the frequency of light, where the permittivity is the square of the refractive index.
    fn dielectric_constant(&self) -> Complex64 {
        Complex64::new(self.refractive_index.powi(2), 0.0)
    }
}

/// Borosilicate crown glass, as in windows of instruments.
#[plugin(IPlugin, IMaterial, name = "crown-glass")]
#[tag(schott = "N-BK7")]
static CROWN: Glass = Glass {
    refractive_index: 1.516_80,
    softens_at: 830.15,
};

/// Dense flint glass, as in prisms.
#[plugin(IPlugin, IMaterial, name = "flint-glass")]
#[tag(schott = "N-SF11")]
static FLINT: Glass = Glass {
    refractive_index: 1.784_72,
    softens_at: 865.15,
};

/// Fused silica, which is nothing but silicon and oxygen.
#[plugin(IPlugin, IMaterial, name = "fused-silica")]
static FUSED_SILICA: Glass = Glass {
    refractive_index: 1.458_46,
    softens_at: 1315.15,
};

/// A drop of glass that was cooled in water. Nobody can say what it bears: it bursts when it is touched, and so shows what
/// becomes of a program whose plugin panics.
#[cfg(feature = "bursting")]
#[plugin(IPlugin, IMaterial, name = "ruperts-drop")]
static RUPERTS_DROP: RupertsDrop = RupertsDrop;

#[cfg(feature = "bursting")]
struct RupertsDrop;

#[cfg(feature = "bursting")]
impl IMaterial for RupertsDrop {
    fn yield_stress(&self, _: f64) -> f64 {
        panic!("it has burst")
    }

    fn dielectric_constant(&self) -> Complex64 {
        CROWN.dielectric_constant()
    }
}

#[cfg(test)]
mod tests {
    use plugin_core::slot;

    use super::*;

    #[test]
    fn glass_bears_nothing_once_it_is_soft() {
        for glass in slot::<dyn IMaterial>().sorted() {
            assert!(glass.yield_stress(293.15) > 0.0, "{glass:?}");
            assert!(glass.yield_stress(1500.0) <= 0.0, "{glass:?}");
        }
    }
}
