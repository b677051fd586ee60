// The products that devices are made of.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { productsQuery } from '../../gateway/queries.js';
import { FailureNote } from '../../parts/failure-note.js';
import { ProductPicture } from '../../parts/product-picture.js';
import { Section } from '../../parts/section.js';
import { useText } from '../../texts/use-locale.js';

export function ProductList() {
  const { t } = useTranslation();
  const text = useText();
  const { data: products, error } = useQuery(productsQuery);
  return (
    <Section title={t('fleet.products')}>
      <FailureNote fault={error} />
      {products?.length === 0 && <p className="quiet">{t('fleet.noProducts')}</p>}
      <ul className="rows">
        {products?.map(product => (
          <li key={product.id} className="product-row">
            <span className={`card-picture ground-${product.icon}`}>
              <ProductPicture icon={product.icon} />
            </span>
            <div>
              <strong>{text(product.name)}</strong>
              <p className="hint">
                <span className="code">{product.id}</span> ·{' '}
                {t('fleet.rules', { count: product.rules.length })}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
